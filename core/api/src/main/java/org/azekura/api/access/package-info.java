/** Who may do what. */
@Export
@Version("0.3.0")
package org.azekura.api.access;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
