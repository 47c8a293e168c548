/** Hosts: enrolled, limited, revoked; and joining from the host itself. */
package org.azekura.cli.client;
