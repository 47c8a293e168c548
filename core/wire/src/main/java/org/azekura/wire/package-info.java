/** Messages to CBOR and back, and the conversation that carries them. */
package org.azekura.wire;
