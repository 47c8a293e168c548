azekura serial changer 1
# Rimage autoloaders of the RAS kind (DTP-4500): ESC, a command that ends with C; replies begin with ESC and end with EOT (4).
# From published observation of one machine; see the driver's page.
name Rimage RAS
line 38400 8N1
wait 60 s
reply ok "\e!f11C\x04"
reply ok "\e!e1000000C\x04"
reply failed "\e!f10C\x04" 0
reply failed "\e!f01365534C\x04" 0
elements 1 picker
elements 100-149 slot numbered 0 stack
elements 200-249 slot numbered 1 stack
elements 300-349 slot numbered 2 stack
elements 500-503 drive numbered 1
identify "\e!e1C"
# bins and drives: 0 goes there, 1 puts, 2 grabs
move 100-349 to 500-503 "\e!f120{from}2C" "\e!f124{to}1C"
move 500-503 to 100-349 "\e!f124{from}2C" "\e!f120{to}1C"
move 100-349 to 100-349 "\e!f120{from}2C" "\e!f120{to}1C"
