// Command shouwang is the whole program: the server with its pages' data, the
// demonstration county, and the tools that read the record beside it.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"shouwang/internal/localpg"
)

func main() {
	localpg.KeepIfAsked()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second Ctrl-C ends at once: nobody should have to wait for a hung exit.
	context.AfterFunc(ctx, stop)
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
