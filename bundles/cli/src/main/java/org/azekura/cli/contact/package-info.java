/** The appliance and the way to it: where it is, who asks, its REST interface. */
package org.azekura.cli.contact;
