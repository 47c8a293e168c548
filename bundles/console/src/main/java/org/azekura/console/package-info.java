/** Serves the web console: files of this bundle, made from {@code src/main/web}. What they show they ask the REST interface for. */
package org.azekura.console;
