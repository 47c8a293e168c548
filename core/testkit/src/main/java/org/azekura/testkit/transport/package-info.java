/** The contract of transports. */
package org.azekura.testkit.transport;
