/** Clients and storage nodes, and how one joins. */
package org.azekura.rest.host;
