/** The image that a dedicated appliance runs from, as rooms of the server meet it: the door of what only the system may do. */
package org.azekura.server.image;
