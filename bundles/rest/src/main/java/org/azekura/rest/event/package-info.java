/** The stream of what changes. */
package org.azekura.rest.event;
