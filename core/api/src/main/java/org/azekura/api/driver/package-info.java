/**
 * Drivers that come and go while the appliance runs: what an installer of driver packages does for others, and what it asks of those who use
 * devices.
 */
@Export
@Version("0.5.0")
package org.azekura.api.driver;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
