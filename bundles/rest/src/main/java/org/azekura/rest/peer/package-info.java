/** Calls that a server which stands by passes on to the one that leads, and how that one knows them. */
package org.azekura.rest.peer;
