"""The procedure of the demonstration, as it was first written and as it is: how a telephone upgrade goes."""

NAME = "Upgrade de telefonia: linha, ramal, canal e módulo"

_STEPS = """\
# 1. Identificação do Tipo de Upgrade Solicitado

- Verificar com o cliente se o upgrade solicitado é referente a:
  - Linha nova ou nova portabilidade
  - Ramal novo
  - Canal de saída adicional
  - Módulo adicional
- Atenção: Clientes costumam confundir “linha” com “ramal”. Usar linguagem simples e questionar:
  - Exemplo: “Essa nova linha que você quer, será divulgada para seus clientes ligarem ou será um ramal para instalar \
no computador ou telefone de mesa IP?”

# 2. Direcionamento Inicial Conforme Necessidade

- **Se for linha nova ou portabilidade:**
  - Confirmar intenção real com o cliente.
  - Encaminhar para o **setor comercial**, mesmo que o atendimento esteja sendo feito pelo suporte ou financeiro.
- **Se for ramal novo:**
  - Qualquer setor (comercial ou suporte) deve:
    - Acessar o painel PABX do cliente.
    - Verificar com o cliente se há ramais contratados sem uso.
  - **Se houver ramal sobrando:** Usar o existente, sem necessidade de upgrade.
  - **Se não houver:** Encaminhar para o **comercial** para negociação e definição de valores.

# 3. Ações do Setor Comercial

- Após acordo com o cliente, o comercial deve:
  - Lançar no **Planner** (painel visual da equipe), no **card do cliente**:
    - Mover o card para a coluna "**Pedidos e Alterações**".
  - Informar:
    - Quantidade de novos ramais.
    - Nome de cada ramal.
    - Setor de uso.
  - Procedimento necessário:
    - Instalar em telefone IP
    - Ou disponibilizar dados do ramal para o cliente
- Incluir também as informações necessárias para o **financeiro ajustar o contrato**.
  - Obs: Em breve, isso será feito pelo CRM, quando estiver pronto.

# 4. Execução Técnica (Suporte)

- Criar os novos ramais conforme solicitado.
- Realizar:
  - Instalação nos dispositivos do cliente
  - Ou envio dos dados de acesso ao cliente
- Registrar no card a ação realizada:
  - Exemplo: “Ramal criado e instalado no cliente.”
- Mover o card do cliente para a coluna **"Financeiro"**.

# 5. Ajuste Contratual (Financeiro)

- Realizar os ajustes contratuais conforme upgrade.
- Registrar no card a conclusão da atividade.
  - Exemplo: “Contrato ajustado conforme upgrade.”
- Mover o card para a coluna **"Tudo OK"**."""

# Before anybody had written down what to ask, and how the other upgrades go.
FIRST = "\n".join(line for line in _STEPS.split("\n") if "Atenção:" not in line and "Essa nova linha" not in line)

NOTE = "A pergunta que separa linha de ramal, e o passo 6"
SECOND = f"""{_STEPS}

# 6. Procedimento para Upgrade de Canal de Saída ou Módulo Adicional

- Segue o **mesmo fluxo dos ramais**, com as seguintes diferenças:
  - **Não há instalação física.**
  - Apenas ajuste técnico de canal ou módulo.
  - Cada setor envolvido deve **registrar no card** o procedimento que realizou **antes de mover o card** para o \
próximo responsável."""
