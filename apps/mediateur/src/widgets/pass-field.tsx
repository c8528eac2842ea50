import { Button } from '@pass/web/ui/button.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Counter } from './counter.ts'

const FIELD = 'champ-pass'
const AIDE = 'Scannez, ou tapez les 12 caractères. Exemple : K7M2-QX9T-B4RS.'
const AIDE_ANCIEN = 'Tapez le code imprimé sur le pass de l’ancien opérateur, lettres et chiffres.'

/** A hand scanner types wherever the focus is: when it is on nothing that takes letters, they belong to the box. */
const useScannerKeys = (input: RefObject<HTMLInputElement | null>): void => {
  useEffect(() => {
    const onKey = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return
      const idle = target === document.body || (target instanceof HTMLElement && target.matches('main, h1'))
      if (idle) input.current?.focus({ preventScroll: true })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [input])
}

type Props = {
  counter: Counter
  /** Why what the camera read is not a pass. */
  scanned: string | undefined
  onType: () => void
}

/** One box for the hand scanner and the keyboard; Enter or « Ajouter » reads the pass. */
export const PassField = ({ counter, scanned, onType }: Props) => {
  const [error, setError] = useState<string | undefined>()
  const input = useRef<HTMLInputElement>(null)
  useScannerKeys(input)
  useEffect(() => {
    // a hand scanner types at once; on a phone the focus would raise the keyboard over the page
    if (globalThis.matchMedia('(pointer: fine)').matches) input.current?.focus({ preventScroll: true })
  }, [])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const box = input.current
    if (!box) return
    const refusal = counter.read(box.value)
    setError(refusal?.message)
    if (refusal) box.select()
    else box.value = ''
  }
  return (
    <>
      <form noValidate className="lecture" onSubmit={onSubmit}>
        <TextField
          ref={input}
          id={FIELD}
          label="Code du pass"
          aide={counter.ancien ? AIDE_ANCIEN : AIDE}
          code
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="done"
          error={error ?? scanned}
          onChange={() => {
            setError(undefined)
            onType()
          }}
        />
        <Button type="submit" variant="second">
          Ajouter
        </Button>
      </form>
      <CheckboxField
        id="pass-ancien"
        label="Pass d’un ancien opérateur, repris par la collectivité"
        checked={counter.ancien}
        onChange={({ target }) => {
          setError(undefined)
          counter.setAncien(target.checked)
        }}
      />
    </>
  )
}
