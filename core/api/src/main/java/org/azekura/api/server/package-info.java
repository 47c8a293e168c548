/** What the backup server offers to the REST interface, one interface per noun. */
@Export
@Version("0.1.0")
package org.azekura.api.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
