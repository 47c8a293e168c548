/** What a driver implements: one small interface per shape of backup device. */
@Export
@Version("0.1.0")
package org.azekura.api.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
