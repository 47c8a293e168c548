/** What a client sends and asks for: its connection, its ticket, and the streams that run over it. */
package org.azekura.storagenode.client;
