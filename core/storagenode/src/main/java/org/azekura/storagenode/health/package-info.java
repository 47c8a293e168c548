/** What the drives of a node's libraries say, on its way to the server, and which of them the server has taken out. */
package org.azekura.storagenode.health;
