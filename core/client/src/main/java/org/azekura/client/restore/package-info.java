/**
 * Restores what comes in batches: from the server, or from whoever reads volumes without one. For each batch the reader of this package makes
 * directories and entries without data, asks for the chunks that the files need, in the order in which they are read best, and writes each
 * chunk at all its places. A file has a name of its own kind until it is complete; so nothing half done stays. Links and the attributes of
 * directories come last.
 *
 * <p>Nothing outside the target is touched: every way below it is resolved by the kernel beneath the target and over no symbolic link.
 * Others may write there meanwhile: so attributes are set through open handles, never by a name, and what lies under a temporary
 * name counts only if it is the inode that was made.
 */
package org.azekura.client.restore;
