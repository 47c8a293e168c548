azekura serial changer 1
# The letter protocol of many autoloaders for discs: one letter each way. A stack to take from, one drive, a stack for what is done, one for rejects.
name Generic letter protocol
line 9600 8N1
wait 60 s
reply ok "X"
reply failed "E" 2
elements 1 picker
elements 10-109 slot stack
elements 110-209 slot stack
elements 210-229 mailslot stack
elements 500 drive
identify "V"
calibrate "C"
# I: from the input bin to the drive; A: from the drive to the accept bin; G, then R: from the drive to the picker, to the reject bin
move 10-109 to 500 "I"
move 500 to 110-209 "A"
move 500 to 1 "G"
move 1 to 210-229 "R"
move 500 to 210-229 "G" "R"
