/** The backup server: jobs, media, catalog, restore plans. */
package org.azekura.server;
