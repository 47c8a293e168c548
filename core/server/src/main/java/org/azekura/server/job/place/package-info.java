/** Where things lie and where they go: pools that take a backup, places that a snapshot can be read from, media sets that are left alone, cartridges. */
package org.azekura.server.job.place;
