/** What backup and restore jobs of a client have in common. */
package org.azekura.client.job;
