/**
 * What a catalog store implements, and the rows it keeps: configuration, jobs, snapshots, volumes, packs. Files and
 * directories are not here: they live in trees.
 */
@Export
@Version("0.12.0")
package org.azekura.api.catalog;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
