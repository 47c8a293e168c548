/** Files and folders of snapshots, for people to keep: told of by one call, sent by another. The backup client of this process reads them; no byte passes the server's role. */
package org.azekura.rest.download;
