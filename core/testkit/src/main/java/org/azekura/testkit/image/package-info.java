/** Machines that run from an image of the appliance. */
package org.azekura.testkit.image;
