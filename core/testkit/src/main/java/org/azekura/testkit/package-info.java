/** Contract tests for every SPI, and fakes. Test scope only. */
package org.azekura.testkit;
