/** What drills proved, when they are due, signed reports, and how much was read back. */
package org.azekura.rest.proof;
