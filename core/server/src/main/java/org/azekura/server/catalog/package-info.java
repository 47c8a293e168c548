/**
 * The catalog as the server has it: whoever keeps it may be put in another's place while calls wait.
 */
package org.azekura.server.catalog;
