/** What a storage node makes of a source of power: jobs are held while it runs on battery, and the process ends before the battery does. */
package org.azekura.storagenode.power;
