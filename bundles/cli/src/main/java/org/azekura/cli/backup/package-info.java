/** Save sets, and backups that are started by hand. */
package org.azekura.cli.backup;
