// Command shouwang is the whole program: the server with its pages' data, the
// demonstration county, and the tools that read the record beside it.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"shouwang/internal/localpg"
)

// sameSignal is how close together two signals mean the same wish to end.
const sameSignal = time.Second

func main() {
	localpg.KeepIfAsked()
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
