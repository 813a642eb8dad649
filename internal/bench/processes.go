package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog/pglog"
	"shouwang/internal/localpg"
)

// task is what a worker process is asked to do, as JSON on its input.
type task struct {
	Data      string        `json:"data,omitzero"` // folder of the private Postgres
	URL       string        `json:"url,omitzero"`  // or the server
	Database  string        `json:"database"`
	Appenders int           `json:"appenders"`
	Each      time.Duration `json:"each"`
}

// outcome is what it answers.
type outcome struct {
	Rate         float64       `json:"rate"`
	P50, P99     time.Duration `json:",omitzero"`
	Acknowledged int64         `json:"acknowledged"`
}

// ready is what a worker says when it has connected; then it waits for a line.
const ready = "ready"

// Work is the worker: it appends as the task says and answers what came of it.
func Work(ctx context.Context, in io.Reader, out io.Writer) (err error) {
	input := bufio.NewReader(in)
	line, err := input.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the worker's task: %w", err)
	}
	var t task
	if err := json.Unmarshal(line, &t); err != nil {
		return fmt.Errorf("read the worker's task: %w", err)
	}
	config, leave, err := t.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	log, err := pglog.Open(ctx, pglog.Config{Conn: config})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	p, err := newPayload()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, ready); err != nil {
		return fmt.Errorf("say that the worker is ready: %w", err)
	}
	if _, err := input.ReadBytes('\n'); err != nil {
		return fmt.Errorf("wait for the start: %w", err)
	}
	w := &appending{log: log, payload: p, ids: newIDs()}
	s, err := w.cell(t.Appenders, &run{Config: Config{Each: t.Each}}).measure(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(outcome{Rate: s.value, P50: s.p50, P99: s.p99, Acknowledged: w.acknowledged.Load()})
}

func (t task) connect(ctx context.Context) (*pgx.ConnConfig, func() error, error) {
	if t.Data == "" {
		config, err := pgx.ParseConfig(t.URL)
		if err != nil {
			return nil, nil, fmt.Errorf("read the server's address: %w", err)
		}
		config.Database = t.Database
		return config, func() error { return nil }, nil
	}
	private, err := localpg.Attach(ctx, t.Data, localpg.Options{})
	if err != nil {
		return nil, nil, fmt.Errorf("join the private Postgres: %w", err)
	}
	config := private.App()
	config.Database = t.Database
	return config, private.Close, nil
}

// processAppenders is how many append in all, in however many processes.
const processAppenders = 64

// appendInProcesses measures several processes beside one.
func (r *run) appendInProcesses(ctx context.Context) (err error) {
	if len(r.Worker) == 0 {
		return nil
	}
	d, err := r.server.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	var acknowledged int64
	with := func(processes int) cell {
		return cell{name: fmt.Sprintf("append in %d processes", processes), measure: func(ctx context.Context) (sample, error) {
			s, err := r.together(ctx, d, processes)
			acknowledged += s.count
			return s, err
		}}
	}
	samples, err := r.interleave(ctx, true, with(r.Processes), with(1))
	if err != nil {
		return err
	}
	row := Row{Bench: Append, Case: fmt.Sprintf("%d 个进程共 %d 个写入者", r.Processes, processAppenders), Beside: "一个进程", Unit: unitEvents, Reach: 0.4}
	r.add(row, samples[0], samples[1])
	return r.nothingLost(ctx, row.Case, d, acknowledged)
}

// together runs so many workers at the same time.
func (r *run) together(ctx context.Context, d *Database, processes int) (sample, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var workers []*worker
	var all sample
	defer func() {
		cancel()
		for _, w := range workers {
			_ = w.cmd.Wait() // what it had to say has been read
		}
	}()
	for i := range processes {
		t := task{Data: r.server.folder, URL: r.DatabaseURL, Database: d.name, Each: r.Each, Appenders: processAppenders / processes}
		if i < processAppenders%processes {
			t.Appenders++
		}
		w, err := r.startWorker(ctx, t)
		if err != nil {
			return sample{}, err
		}
		workers = append(workers, w)
	}
	for _, w := range workers {
		if err := w.awaitReady(); err != nil {
			return sample{}, err
		}
	}
	for _, w := range workers {
		if _, err := io.WriteString(w.in, "go\n"); err != nil {
			return sample{}, fmt.Errorf("start a worker: %w", err)
		}
	}
	for _, w := range workers {
		var o outcome
		if err := json.NewDecoder(w.out).Decode(&o); err != nil {
			return sample{}, fmt.Errorf("a worker ended without an answer: %w", err)
		}
		all.value += o.Rate
		all.count += o.Acknowledged
		all.p50, all.p99 = max(all.p50, o.P50), max(all.p99, o.P99)
	}
	for _, w := range workers {
		if err := errors.Join(w.in.Close(), w.cmd.Wait()); err != nil {
			return sample{}, fmt.Errorf("a worker failed: %w", err)
		}
	}
	workers = nil
	return all, nil
}

// worker is this program started again.
type worker struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func (r *run) startWorker(ctx context.Context, t task) (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	w := &worker{cmd: exec.CommandContext(ctx, self, r.Worker...)}
	w.cmd.Stderr = os.Stderr
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	w.out = bufio.NewReader(out)
	if err := w.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	return w, json.NewEncoder(w.in).Encode(t)
}

func (w *worker) awaitReady() error {
	line, err := w.out.ReadString('\n')
	if err != nil || line != ready+"\n" {
		return fmt.Errorf("a worker did not get ready: %q %w", line, err)
	}
	return nil
}
