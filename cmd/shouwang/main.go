// Command shouwang is the whole program: the server with its pages' data, the
// demonstration county, and the tools that read the record beside it.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"shouwang/internal/localpg"
)

// sameSignal is how close together two signals mean the same wish to end.
const sameSignal = time.Second

// collectAt is how far the heap may grow over what is in use, in percent: making
// read models anew allocates much that lives briefly, and memory is cheaper
// there than time. GOGC in the environment says otherwise.
const collectAt = 400

func main() {
	localpg.KeepIfAsked()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A later Ctrl-C ends at once: nobody should have to wait for a hung exit. The
	// same signal twice at the same moment, to us and to our group, is one.
	context.AfterFunc(ctx, func() { time.AfterFunc(sameSignal, stop) })
	status := run(ctx, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the program without the process around it. It returns the exit code.
func run(ctx context.Context, args, env []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{env: newEnvironment(env), stdin: stdin, stdout: &synced{to: stdout}, stderr: &synced{to: stderr}}
	root := newRootCommand(p)
	root.SetArgs(args)
	return p.conclude(root.ExecuteContext(ctx))
}
