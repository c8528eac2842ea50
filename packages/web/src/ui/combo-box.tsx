import { keepPreviousData, useQuery, type QueryKey } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, ComboBox as AriaComboBox, Input, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components/ComboBox'
import { Label } from 'react-aria-components/Label'
import { draftOf, dropDraft, watchDraft } from '../drafts.ts'
import { FieldError, FieldHelp, type FieldProps, Optional } from './field.tsx'

export type Choice = { id: string; libelle: string; detail?: string | undefined }

// What `apiQuery` gives; its answer types `items`.
type Search<T> = { queryKey: QueryKey; queryFn?: ((context: never) => T | Promise<T>) | symbol }

type Props<T> = FieldProps & {
  name?: string
  value: string | null | undefined
  onChange?: (value: string | undefined) => void
  /** The whole answer chosen, where its words matter too. */
  onPick?: (choice: Choice) => void
  onBlur?: () => void
  /** The search, made again as the person types. */
  query: (texte: string) => Search<T>
  items: (data: T) => readonly Choice[]
  /** Letters to type before the search starts; 0 to list everything at once. */
  minimum?: number
  /** The words of the value chosen beforehand. */
  libelle?: string
}

const PAUSE_MS = 200

/** The text once the person has stopped typing for a moment: one request a word, not one a letter. */
const useSettled = (texte: string): string => {
  const [settled, setSettled] = useState(texte)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(texte.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [texte])
  return settled
}

const useChoices = <T,>({ query, items, minimum = 2 }: Pick<Props<T>, 'query' | 'items' | 'minimum'>, texte: string) => {
  const typed = useSettled(texte)
  const enabled = typed.length >= minimum
  const { data, isFetching } = useQuery({ ...(query(typed) as { queryKey: QueryKey }), enabled, placeholderData: keepPreviousData })
  const waiting = isFetching || typed !== texte.trim()
  const nothing =
    texte.trim().length < minimum
      ? `Tapez au moins ${minimum} lettres.`
      : waiting
        ? 'Recherche en cours.'
        : 'Aucune réponse. Essayez un autre mot.'
  return { choices: enabled && data !== undefined ? items(data as T) : [], nothing }
}

/** The words of the answer chosen, which the form does not hold: they come back with it. */
const useKeptText = (cle: string, libelle: string) => {
  const [texte, setTexte] = useState(() => {
    const kept = draftOf(cle)
    return typeof kept === 'string' ? kept : libelle
  })
  const typed = useRef(texte)
  useEffect(() => {
    typed.current = texte
  }, [texte])
  useEffect(() => {
    dropDraft(cle)
    return watchDraft(cle, () => typed.current || undefined)
  }, [cle])
  return [texte, setTexte] as const
}

const Row = ({ id, libelle, detail }: Choice) => (
  <ListBoxItem id={id} textValue={libelle} className="choix">
    <Text slot="label">{libelle}</Text>
    {detail && (
      <Text slot="description" className="petit doux">
        {detail}
      </Text>
    )}
  </ListBoxItem>
)

/** One among many (a commune, a lieu): type two letters, choose with the arrows. The server does the search. */
export const ComboBox = <T,>({
  label,
  aide,
  error,
  facultatif = false,
  id,
  name,
  value,
  onChange,
  onPick,
  onBlur,
  libelle = '',
  ...source
}: Props<T>) => {
  const base = id ?? name ?? 'combo'
  const [texte, setTexte] = useKeptText(`${base} texte`, libelle)
  const { choices, nothing } = useChoices(source, texte)
  const choose = (key: string | number | null) => {
    const chosen = choices.find((choice) => choice.id === key)
    if (chosen) setTexte(chosen.libelle)
    onChange?.(chosen?.id)
    if (chosen) onPick?.(chosen)
  }
  return (
    <AriaComboBox
      className={error ? 'champ combo faux' : 'champ combo'}
      items={choices}
      value={value ?? null}
      onChange={choose}
      inputValue={texte}
      onInputChange={setTexte}
      onBlur={() => onBlur?.()}
      defaultFilter={() => true}
      isInvalid={Boolean(error)}
      menuTrigger="input"
      allowsEmptyCollection
    >
      <Label>
        {label}
        <Optional facultatif={facultatif} />
      </Label>
      <FieldHelp base={base} aide={aide} />
      <span className="combo-boite">
        <Input id={base} aria-describedby={`${aide ? `${base}-aide` : ''} ${error ? `${base}-erreur` : ''}`.trim() || undefined} />
        <Button aria-label="Ouvrir la liste">
          <ChevronDown aria-hidden="true" />
        </Button>
      </span>
      <FieldError base={base} error={error} />
      <Popover className="combo-liste">
        <ListBox<Choice> renderEmptyState={() => <p className="choix doux">{nothing}</p>}>{(choice) => <Row {...choice} />}</ListBox>
      </Popover>
    </AriaComboBox>
  )
}
