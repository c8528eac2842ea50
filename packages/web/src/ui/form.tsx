import { type ReactNode, createContext, use } from 'react'
import type { AnyContractForm } from '../form.ts'
import { ErrorSummary } from './error-summary.tsx'
import { Notice } from './notice.tsx'

type Sending = { pending: boolean; refusal: string | null }

const SendingContext = createContext<Sending>({ pending: false, refusal: null })

/** What the submit button of the nearest form has to show. */
export const useSending = (): Sending => use(SendingContext)

/**
 * The form of a route: summary of what to correct on top, the browser's own bubbles off. The browser remembers nothing of what
 * is typed (a counter is shared), except the fields that say so by their own `autoComplete`.
 */
export const Form = ({ form, label, children }: { form: AnyContractForm; label?: string; children: ReactNode }) => (
  <SendingContext value={{ pending: form.pending, refusal: form.refusal }}>
    <form className="formulaire" noValidate autoComplete="off" onSubmit={form.submit} aria-label={label}>
      {form.restored && (
        <Notice tone="info" live="status" titre="Votre saisie a été rétablie.">
          Relisez-la avant de l’envoyer.
        </Notice>
      )}
      <ErrorSummary errors={form.problems} attempt={form.attempt} />
      <p className="obligatoire petit doux">
        Tous les champs sont à remplir<span>, sauf ceux marqués « (facultatif) »</span>.
      </p>
      {children}
    </form>
  </SendingContext>
)
