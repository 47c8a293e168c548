/** The backup client: walks, chunks, seals, sends; restores. */
package org.azekura.client;
