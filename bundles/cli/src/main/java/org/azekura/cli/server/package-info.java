/** The backup server itself: state, clock, network. */
package org.azekura.cli.server;
