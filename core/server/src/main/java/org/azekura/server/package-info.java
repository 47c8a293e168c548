/**
 * The backup server: plans, orders, remembers; never carries data. {@link org.azekura.server.ServerComponent} runs it.
 */
package org.azekura.server;
