/** What a dedicated appliance runs from, and its updates. */
package org.azekura.cli.firmware;
