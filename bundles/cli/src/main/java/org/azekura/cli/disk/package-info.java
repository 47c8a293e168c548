/** Disks of a dedicated appliance: how each is, and the disk sets that are made of them. */
package org.azekura.cli.disk;
