/** Opens the chunks of packs and compares what is in them with their ids, for a server that never sees data and a node that has no keys. */
package org.azekura.client.content;
