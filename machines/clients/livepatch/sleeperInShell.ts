/** The task that sleeps in the body of a livepatch, in shell scripts: its name, and the part of the body. */
export const SLEEPER = 'sleeper';

export const SLEEP = `	/* A reader of this name sleeps until it is killed. */
	while (!strcmp(current->comm, "${SLEEPER}") && !fatal_signal_pending(current))
		schedule_timeout_killable(MAX_SCHEDULE_TIMEOUT);
`;

/** Shell functions that put the task to sleep, wake it, and wait for transitions. */
export const sleeperFunctions = `
livepatches=/sys/kernel/livepatch
modules='patch patch2 patch3 patch4 replacement'

# Prints the module in whose function the sleeper sleeps.
sleeps_in() {
	[ -e sleeper.pid ] && grep -oE 'patch[234]?\\]|replacement\\]' /proc/$(cat sleeper.pid)/stack 2> /dev/null | tr -d ']'
}

# Starts a task of that name that reads the file of function 1, and waits until it sleeps or ends.
sleep_in_1() {
	(printf sleeper > /proc/self/comm; read -r line < /proc/cmdline) > /dev/null 2>&1 &
	echo $! > sleeper.pid
	sleep 2
	[ "$(sleeps_in)" ] || rm sleeper.pid
}

wake_up() {
	kill -9 "$(cat sleeper.pid)" && rm sleeper.pid
}

in_transition() {
	grep -q 1 $livepatches/$1/transition 2> /dev/null
}

is_left() {
	[ -e /sys/module/$1 ] && [ ! -e $livepatches/$1 ]
}

# Waits for the end of a transition, at most 4 seconds if the sleeper can hold it up.
wait_for_end() {
	seconds=0
	while in_transition $1; do
		[ ! -e sleeper.pid ] || [ $seconds -lt 4 ] || return
		seconds=$((seconds + 1))
		sleep 1
	done
}

# Waits for transitions, unloads the livepatches that the kernel has released, and wakes a task in them.
settle() {
	for module in $modules; do
		wait_for_end $module
	done
	sleep 1
	for module in $modules; do
		body=$(sleeps_in)
		is_left $module && rmmod $module 2> /dev/null && [ "$body" = $module ] && wake_up
	done
	true
}

# Prints the livepatches in transition, those that stay, and where the sleeper is.
notes() {
	for module in $modules; do
		name=$(echo $module | sed 's/^patch/livepatch/')
		if in_transition $module; then
			grep -q 1 $livepatches/$module/enabled && echo "; $name: patching" || echo "; $name: unpatching"
		elif is_left $module; then
			echo "; $name: stays"
		fi
	done | tr -d '\\n'
	body=$(sleeps_in | sed 's/^patch/livepatch/')
	[ -z "$body" ] || printf '; sleeper: in %s' $body
}
`;
