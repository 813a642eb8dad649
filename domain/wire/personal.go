package wire

import (
	"reflect"
	"strconv"
	"strings"
	"sync"

	"shouwang/domain/code"
)

var personalType = reflect.TypeFor[code.Personal]()

// holders remembers which types hold personal fields; types are few and fixed.
var holders sync.Map

// HoldsPersonal says whether events of this type have personal fields, and so
// need a Sealer to be encoded.
func HoldsPersonal(e any) bool { return holds(reflect.TypeOf(e)) }

func holds(t reflect.Type) bool {
	if known, ok := holders.Load(t); ok {
		return known.(bool)
	}
	found := t == personalType
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			found = found || holds(t.Field(i).Type)
		}
	case reflect.Slice:
		found = found || holds(t.Elem())
	}
	holders.Store(t, found)
	return found
}

// mapPersonal returns a copy of the event in which f has replaced every
// personal field that is not empty. The event given is left as it is.
func mapPersonal(e any, f func(field, value string) (string, error)) (any, error) {
	copied := reflect.New(reflect.TypeOf(e)).Elem()
	copied.Set(reflect.ValueOf(e))
	if err := replace(copied, "", f); err != nil {
		return nil, err
	}
	return copied.Interface(), nil
}

func replace(v reflect.Value, path string, f func(field, value string) (string, error)) error {
	if v.Type() == personalType {
		if v.Len() == 0 {
			return nil
		}
		text, err := f(path, v.String())
		if err == nil {
			v.SetString(text)
		}
		return err
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() || !holds(field.Type) {
				continue
			}
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if err := replace(v.Field(i), join(path, name), f); err != nil {
				return err
			}
		}
	case reflect.Slice:
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		for i := range v.Len() {
			if err := replace(v.Index(i), join(path, strconv.Itoa(i)), f); err != nil {
				return err
			}
		}
	}
	return nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}
