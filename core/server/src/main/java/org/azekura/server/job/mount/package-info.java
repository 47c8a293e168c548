/** A snapshot as a file system: the server's part is to say what is where, and to hand out the keys of what was asked for. */
package org.azekura.server.job.mount;
