/** What drills proved, when they are due, and how much was read back. */
package org.azekura.server.proof;
