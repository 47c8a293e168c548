/** Packs that go from one node's pool to another's, and the connection over which they go. */
package org.azekura.storagenode.copy;
