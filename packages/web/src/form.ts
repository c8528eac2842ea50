import { zodResolver } from '@hookform/resolvers/zod'
import type { CallInput, Output, Route } from '@pass/contracts/route.ts'
import { useEffect, useRef, useState } from 'react'
import { type DefaultValues, type FieldValues, type Path, type PathValue, type Resolver, get, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { keyOf, useApiMutation } from './api.ts'
import { draftOf, dropDraft, watchDraft, withoutSecrets } from './drafts.ts'
import { ApiError, type FieldIssue } from './errors.ts'
import { prepare } from './form-values.ts'
import { messagesOf } from './textes.ts'
import { fieldId } from './ui/field.tsx'

type BodyRoute = Route & { body: z.ZodObject }
type Values<R extends BodyRoute> = z.input<R['body']>

type Options<R extends BodyRoute> = {
  defaultValues?: DefaultValues<Values<R>>
  /** Sentences for the fields whose contract has none of its own; lists as `parts.*.taux`. */
  textes?: Partial<Record<string, string>>
  invalidates?: readonly Pick<Route, 'method' | 'path'>[]
  onSuccess?: (data: Output<R>, input: CallInput<R>) => unknown
} & (R['params'] extends z.ZodType ? { params: z.input<R['params']> } : { params?: undefined })

const resolverOf = (body: z.ZodObject, textes: Partial<Record<string, string>>): Resolver => {
  const resolve = zodResolver(body, { error: messagesOf(textes) }, { raw: true }) as Resolver
  return (values, context, options) => resolve(prepare(body, values) as FieldValues, context, options)
}

/** The server names a field by its path in the body, with or without the word `body` before it. */
const nameOf = ({ chemin }: FieldIssue): string => chemin.replace(/^\/?(body[./])?/, '').replaceAll('/', '.')

/** Every message of the form, flat: nested objects and lists included. */
const flatten = (errors: unknown, path = ''): { name: string; message: string }[] => {
  if (typeof errors !== 'object' || errors === null) return []
  const { message, type } = errors as { message?: unknown; type?: unknown }
  if (typeof message === 'string' && type !== undefined) return [{ name: path, message }]
  return Object.entries(errors).flatMap(([key, inner]) => (key === 'ref' ? [] : flatten(inner, path ? `${path}.${key}` : key)))
}

/** The names of the boxes that hide what is typed, wherever the page put them. */
const hiddenNames = (): ReadonlySet<string> =>
  new Set(Array.from(document.querySelectorAll<HTMLInputElement>('input[type=password]'), (input) => input.name))

type Drafted = { getValues: () => FieldValues; reset: (values: FieldValues, options: { keepDefaultValues: true }) => void }

/** What was typed when the session ended by itself comes back for the same person on the same page. */
const useDraft = (cle: string, form: Drafted, isDirty: boolean) => {
  const [draft] = useState(() => draftOf(cle))
  const dirty = useRef(isDirty)
  const sent = useRef('')
  useEffect(() => {
    dirty.current = isDirty
  }, [isDirty])
  const { getValues, reset } = form
  useEffect(() => {
    if (draft !== undefined) reset({ ...getValues(), ...(draft as FieldValues) }, { keepDefaultValues: true })
    dropDraft(cle)
    return watchDraft(cle, () => {
      const values = getValues()
      return dirty.current && JSON.stringify(values) !== sent.current ? withoutSecrets(values, hiddenNames()) : undefined
    })
  }, [cle, draft, getValues, reset])
  return {
    isRestored: draft !== undefined,
    /** What stands in the boxes was sent: nothing of it is lost any more. */
    settle: () => {
      sent.current = JSON.stringify(getValues())
    },
  }
}

/**
 * A form that is the body of a route: same schema, French sentences, the server's own errors under their fields.
 * `field(name)` feeds the native inputs, `value(name)` the controlled ones; `<Form form>` does the rest.
 */
export const useContractForm = <R extends BodyRoute>(route: R, options: Options<R>) => {
  const { defaultValues, textes = {}, invalidates, onSuccess, params } = options
  const form = useForm({
    resolver: resolverOf(route.body, textes),
    shouldFocusError: false, // the summary takes the focus
    ...(defaultValues && { defaultValues: defaultValues as FieldValues }),
  })
  const { errors, submitCount, isSubmitted, isDirty } = form.formState
  const mutation = useApiMutation(route, { ...(invalidates && { invalidates }), ...(onSuccess && { onSuccess }) })

  const draft = useDraft(`${keyOf(route)} ${JSON.stringify(params ?? {})}`, form, isDirty)

  const [refusals, setRefusals] = useState(0)
  const submit = form.handleSubmit(async (body) => {
    try {
      await mutation.mutateAsync({ ...(params && { params }), body } as unknown as CallInput<R>)
      draft.settle()
    } catch (error) {
      if (!(error instanceof ApiError) || error.erreurs.length === 0) return
      for (const issue of error.erreurs) form.setError(nameOf(issue), { type: 'serveur', message: issue.message })
      setRefusals((n) => n + 1)
    }
  })
  const messageAt = (name: string): string | undefined => {
    const found: { message?: string } | undefined = get(errors, name)
    return found?.message
  }

  return {
    ...form,
    submit,
    mutation,
    pending: mutation.isPending,
    /** What is shown was typed before the session closed. */
    restored: draft.isRestored && !mutation.isSuccess,
    /** What the server said of the whole, or null when the summary already tells it field by field. */
    refusal: mutation.error instanceof ApiError && mutation.error.erreurs.length > 0 ? null : (mutation.error?.message ?? null),
    /** Grows each time the summary has something new to say, before or after the server answered. */
    attempt: submitCount + refusals,
    problems: flatten(errors).map(({ name, message }) => ({ id: fieldId(name), message })),
    field: (name: Path<Values<R>>) => ({ id: fieldId(name), error: messageAt(name), ...form.register(name) }),
    value: <N extends Path<Values<R>>>(name: N) => {
      const key: string = name
      return {
        id: fieldId(key),
        name: key,
        error: messageAt(key),
        value: form.watch(key) as PathValue<Values<R>, N> | undefined,
        onChange: (value: unknown) => form.setValue(key, value, { shouldDirty: true, shouldValidate: isSubmitted }),
      }
    },
  }
}

/** What `<Form>` needs of a contract form, whatever its route. */
export type AnyContractForm = Pick<
  ReturnType<typeof useContractForm<BodyRoute>>,
  'submit' | 'pending' | 'refusal' | 'attempt' | 'problems' | 'restored'
>
