import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { parseSerie } from '@pass/domain/references.ts'
import { apiQuery, queryClient } from '@pass/web/api.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Search } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'

const FIELD = 'numero-carnet'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'La recherche n’a pas abouti. Réessayez.')

// Reads the check character before asking, then opens the sheet: a number typed or scanned leads straight to it.
const useFind = () => {
  const navigate = useNavigate()
  const [state, setState] = useState<{ error?: string; pending: boolean }>({ pending: false })
  const fail = (error: string) => {
    setState({ pending: false, error })
    document.getElementById(FIELD)?.focus()
  }
  const find = async (numero: string) => {
    const serie = parseSerie(numero)
    if (!serie.ok) return fail(serie.refusal.message)
    setState({ pending: true })
    try {
      const carnet = await queryClient.fetchQuery(apiQuery(carnetRoutes.findCarnet, { query: { numero } }))
      return await navigate(paths.carnet({ carnetId: carnet.id }))
    } catch (error) {
      return fail(messageOf(error))
    }
  }
  return { ...state, find }
}

/** Opens the sheet of the carnet whose number is typed or scanned. */
export const FindCarnet = () => {
  const { error, pending, find } = useFind()
  const [numero, setNumero] = useState('')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void find(numero)
  }
  return (
    <Card titre="Trouver un carnet">
      <form className="formulaire" noValidate onSubmit={onSubmit} aria-label="Trouver un carnet">
        <TextField
          id={FIELD}
          label="Numéro du carnet"
          aide="Scannez la couverture ou tapez le numéro. Exemple : PN 26-0001234-K."
          code
          autoComplete="off"
          value={numero}
          onChange={({ target }) => setNumero(target.value)}
          error={error}
        />
        <div>
          <Button type="submit" icon={Search} pending={pending}>
            Ouvrir le carnet
          </Button>
        </div>
      </form>
    </Card>
  )
}
