/** SCSI tape drives and media changers, spoken to directly. */
package org.azekura.driver.tape;
