# Waits until the test process is gone (its end of the pipe closes), then removes
# its folder. The servers get a signal from the kernel at the same moment; while
# the last of their processes still write, removing may have to be repeated.
cat >/dev/null
tries=0
until rm -rf -- "$1" 2>/dev/null; do
	tries=$((tries + 1))
	[ "$tries" -lt 300 ] || exit 1
	sleep 0.1
done
