/** The appliance as a whole, and its time. */
package org.azekura.rest.status;
