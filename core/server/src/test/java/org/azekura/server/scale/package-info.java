/** How large an installation may be: a simulation of the server's scheduling, and the model whose tables are {@code docs/scale.md}. */
package org.azekura.server.scale;
