/** The transport within one JVM. */
package org.azekura.transport.local;
