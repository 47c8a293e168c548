/** The index of names that a catalog store may keep beside the catalog: which paths were in which snapshots, as far as the pools' keys are here. */
@Export
@Version("0.1.0")
package org.azekura.api.names;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
