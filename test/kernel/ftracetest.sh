# Runs tests written for the kernel's ftracetest, one after the other, and prints PASS, FAIL, UNRESOLVED or UNSUPPORTED.
cd /sys/kernel/tracing
exit_unresolved() {
	exit 2
}
for test in "$@"; do
	result=PASS
	for need in $(sed -n 's/^# requires: //p' $test); do
		case $need in
		*:tracer) grep -qw ${need%:tracer} available_tracers ;;
		*) [ -e $need ] ;;
		esac || result=UNSUPPORTED
	done
	if [ $result = PASS ]; then
		(set -e; . $test) > /log 2>&1
		case $? in 0) ;; 2) result=UNRESOLVED ;; *) result=FAIL ;; esac
	fi
	echo "$result $test $(grep -s expected /log)"
done
