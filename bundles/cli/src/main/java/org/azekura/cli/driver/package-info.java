/** Driver packages, and whom they may come from. */
package org.azekura.cli.driver;
